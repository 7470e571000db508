# knipsel in a container: what is installed is what the lock names, and no texts are in the image.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/knipsel \
    && /opt/knipsel/bin/python -m pip install --quiet --require-hashes --no-deps -r requirements.lock
COPY . .
RUN /opt/knipsel/bin/python -m pip install --quiet --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --create-home --uid 1000 knipsel && install --directory --owner knipsel /data
COPY --from=build /opt/knipsel /opt/knipsel
ENV PATH=/opt/knipsel/bin:$PATH \
    PREFECT_HOME=/data/prefect \
    KNIPSEL_SOURCES='["/data/inbox"]' \
    PYTHONUNBUFFERED=1
USER knipsel
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10m --timeout=1m --start-period=2h \
    CMD ["knipsel", "status", "--json", "--warehouse", "/data/warehouse", "--fail-if-older", "26h"]
ENTRYPOINT ["knipsel"]
CMD ["serve", "--warehouse", "/data/warehouse"]
