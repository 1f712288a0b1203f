"""Starts a real graph server on loopback, for the tests and by hand.

    python scripts/servers.py neo4j|fuseki|oxigraph      # until Ctrl-C; an empty one, gone when it stops

Neo4j Community and Apache Jena Fuseki are run from their jars, which Maven fetches once into the user's cache; they
need Java 17 and Maven. `oxigraph serve` comes with the Python package `oxigraph`.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from platformdirs import user_cache_path

NEO4J, FUSEKI = "5.26.30", "5.6.0"
POM = Path(__file__).parent / "servers" / "pom.xml"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.lang", "java.util.concurrent")
# Authentication on, no telemetry; Cypher reads no file and fetches no address; small on disk and quick to stop.
NEO4J_CONF = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=256m
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""


class Missing(Exception):
    """A program that a server needs is not there."""


@dataclass
class Server:
    """A server that can be stopped and started again on the same port and folder.

    Those that speak SPARQL answer at `url` and `/query`, `/update`, and the path `store` for the Graph Store Protocol.
    """

    name: str
    url: str
    command: Sequence[str]
    folder: Path
    answers: Callable[[], bool]
    password: str = ""
    store: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self, within: float = 180) -> None:
        """Starts the process and waits until it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        until = time.monotonic() + within
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"{self.name} did not start: {(self.folder / 'log').read_text('utf-8')[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Ends the process."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            self.process = None


@contextmanager
def running(name: str) -> Iterator[Server]:
    """An empty server of a name, stopped in the end; Missing where it cannot be had here."""
    with tempfile.TemporaryDirectory(prefix=f"segur-{name}-") as folder:
        server = SERVERS[name](Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _heap() -> str:
    """The memory that a Java server may take: little, unless SEGUR_HEAP says more."""
    return os.environ.get("SEGUR_HEAP", "1g")


def neo4j(folder: Path) -> Server:
    """A Neo4j Community server with a password of its own."""
    lib, port = _neo4j_jars(), _free_port()
    password = os.environ.get("SEGUR_NEO4J_PASSWORD") or secrets.token_hex(12)
    (folder / "conf").mkdir()
    (folder / "conf" / "neo4j.conf").write_text(NEO4J_CONF.format(port=port), "utf-8")
    java = ["java", "-Xms512m", f"-Xmx{_heap()}", "-XX:+UseSerialGC", "-cp", f"{lib}/*"]
    java += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    env = os.environ | {"NEO4J_HOME": str(folder), "NEO4J_CONF": str(folder / "conf")}
    admin = [*java, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
    subprocess.run(admin, env=env, check=True, capture_output=True)
    url = f"neo4j://127.0.0.1:{port}"
    main = ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={folder}", f"--config-dir={folder / 'conf'}"]
    return Server("neo4j", url, [*java, *main], folder, lambda: _bolt_answers(port, password), password)


def fuseki(folder: Path) -> Server:
    """An Apache Jena Fuseki in memory, whose default graph is not the union of the named ones."""
    jar, port = _fuseki_jar(), _free_port()
    url = f"http://127.0.0.1:{port}/ds"
    main = ["org.apache.jena.fuseki.main.cmds.FusekiMainCmd", "--localhost", f"--port={port}"]
    command = ["java", f"-Xmx{_heap()}", "-XX:+UseSerialGC", "-cp", str(jar), *main, "--update", "--mem", "/ds"]
    return Server("fuseki", url, command, folder, lambda: _asked(url), store="data")


def oxigraph(folder: Path) -> Server:
    """An `oxigraph serve` in memory, whose default graph is not the union of the named ones."""
    program, port = Path(sys.executable).with_name("oxigraph"), _free_port()
    if not program.exists():
        raise Missing("the Python package oxigraph is not installed")
    url = f"http://127.0.0.1:{port}"
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}"]
    return Server("oxigraph", url, command, folder, lambda: _asked(url), store="store")


SERVERS: dict[str, Callable[[Path], Server]] = {"neo4j": neo4j, "fuseki": fuseki, "oxigraph": oxigraph}


def _neo4j_jars() -> Path:
    goal = ("-f", str(POM), "dependency:copy-dependencies", "-DincludeScope=runtime")
    return _fetched(f"neo4j-{NEO4J}", *goal)


def _fuseki_jar() -> Path:
    goal = ("dependency:copy", f"-Dartifact=org.apache.jena:jena-fuseki-server:{FUSEKI}")
    return next(_fetched(f"fuseki-{FUSEKI}", *goal).glob("*.jar"))


def _fetched(name: str, *goal: str) -> Path:
    """A folder of jars in the user's cache, whole or not there."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            raise Missing(f"{program} is not installed")
    folder = user_cache_path("segur-graph") / "servers" / name
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{name}-"))
        done = subprocess.run(
            ["mvn", "-q", "-B", *goal, f"-DoutputDirectory={fresh}"], check=False, capture_output=True, text=True
        )
        if done.returncode:
            shutil.rmtree(fresh)
            raise Missing(f"Maven could not fetch {name}: {done.stdout[-500:]}")
        if folder.is_dir():  # another run was quicker
            shutil.rmtree(fresh)
        else:
            fresh.rename(folder)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _asked(url: str) -> bool:
    try:
        return httpx.get(f"{url}/query", params={"query": "ASK{}"}, timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _bolt_answers(port: int, password: str) -> bool:
    """Whether Neo4j answers; its port opens a second before, and the driver is not asked earlier: it logs each try."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass
        with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", password)) as driver:
            driver.execute_query("RETURN 1")
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def main() -> None:
    """Starts a server and says how to reach it."""
    if sys.argv[1:2] not in ([name] for name in SERVERS):
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with running(sys.argv[1]) as server:
            if server.password:
                print(f"export SEGUR_NEO4J_PASSWORD={server.password}")
            push, ask = (f"/{server.store}", "/query") if server.store else ("", "")
            print(f"segur push {server.url}{push}\nsegur ask co-signers --graph {server.url}{ask}")
            print("Ctrl-C stops it; nothing of it stays.", flush=True)
            if server.process is not None:
                server.process.wait()
    except Missing as missing:
        sys.exit(f"{sys.argv[1]}: {missing}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
