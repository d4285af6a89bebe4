"""Exit with 0 when the PostgreSQL of the URL given takes connections, else with 1."""

import sys

import psycopg2

try:
    psycopg2.connect(sys.argv[1], connect_timeout=3).close()
except psycopg2.Error:
    sys.exit(1)
