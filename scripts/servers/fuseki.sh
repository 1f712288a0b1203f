#!/bin/sh
# Serves the dataset /ds from /data to the user segur with the password SEGUR_SPARQL_PASSWORD.
set -eu
umask 077
printf 'segur: %s\n' "${SEGUR_SPARQL_PASSWORD:?}" > "${TMPDIR:-/tmp}/passwd"
exec java -Xmx2g -cp "${FUSEKI_JAR:-/fuseki.jar}" org.apache.jena.fuseki.main.cmds.FusekiMainCmd \
    --port="${PORT:-3030}" --update --tdb2 --loc="${FUSEKI_DATA:-/data}" --timeout=20000 \
    --passwd="${TMPDIR:-/tmp}/passwd" --auth=basic /ds
