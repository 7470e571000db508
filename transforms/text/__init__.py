"""What is true of any text: words, offsets, languages, dates in EDTF, differences."""
