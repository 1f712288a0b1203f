# syntax=docker/dockerfile:1
# The service over a store of editions: docker build -t segur-graph . ; see docker-compose.yml.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements/run.txt requirements/
RUN python -m venv /opt/segur && /opt/segur/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN /opt/segur/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

# Apache Jena Fuseki on disk, for the profile `fuseki`: everything it serves asks for the user segur and a password.
FROM eclipse-temurin:21-jre AS fuseki
ADD --chmod=644 --checksum=sha256:d28c1eaf703122ee628895a460c20fa4aa60a892f435d403ea8c036f241da1f8 \
    https://repo1.maven.org/maven2/org/apache/jena/jena-fuseki-server/5.6.0/jena-fuseki-server-5.6.0.jar /fuseki.jar
COPY scripts/servers/fuseki.sh /fuseki.sh
RUN useradd --system --uid 10001 --no-create-home segur && install -d -o segur -g segur /data
USER 10001
VOLUME /data
EXPOSE 3030
CMD ["sh", "/fuseki.sh"]

FROM python:3.13-slim
COPY --from=build /opt/segur /opt/segur
RUN useradd --system --uid 10001 --no-create-home segur && install -d -o segur -g segur /store
ENV PATH=/opt/segur/bin:$PATH SEGUR_STORE=/store PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /store
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
# A store that is empty is filled with what ships; one that is there is brought to what ships, and keeps the user's own.
CMD ["sh", "-c", "segur build --quiet && exec segur serve --host 0.0.0.0 --port 8000"]
