"""The tools that are measured side by side, each with how it does the work."""

from contenders.contender import Contender
from contenders.dlt import Dlt
from contenders.duckdb import DuckDB, DuckDBShell
from contenders.polars import Polars
from contenders.runtally import Runtally
from contenders.sqlite import SQLiteShell
from contenders.sqlite_utils import SQLiteUtils

__all__ = ["PEERS", "Contender", "Runtally"]

PEERS: dict[str, type[Contender]] = {
    "duckdb": DuckDB,
    "duckdb-cli": DuckDBShell,
    "polars": Polars,
    "sqlite3": SQLiteShell,
    "sqlite-utils": SQLiteUtils,
    "dlt": Dlt,
}
