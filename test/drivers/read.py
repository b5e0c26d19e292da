"""Reads the views named in the arguments through psycopg2 or pyodbc (the first argument); prints them as the other clients here do."""
import datetime
import decimal
import os
import sys

kind, views = sys.argv[1], sys.argv[2:]
env = os.environ
if kind == "psycopg2":
    import psycopg2

    connection = psycopg2.connect("")  # PGHOST and its like
else:
    import pyodbc

    connection = pyodbc.connect(
        "Driver={};Servername={};Port={};Database={};Username={};BoolsAsChar=0".format(
            env["ODBC_DRIVER"], env["PGHOST"], env["PGPORT"], env["PGDATABASE"], env["PGUSER"]
        )
    )


def show(view, column, value):
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if type(value) in (int, str):
        return str(value)
    if type(value) is decimal.Decimal:
        return format(value, "f")
    if type(value) is datetime.date:
        return value.isoformat()
    sys.exit("{}.{} comes as {}".format(view, column, type(value)))


sys.stdout.reconfigure(encoding="utf-8")
cursor = connection.cursor()
for view in views:
    cursor.execute("SELECT * FROM {} ORDER BY key".format(view))
    columns = [c[0] for c in cursor.description]
    print("==", view)
    for row in cursor.fetchall():
        print("|".join(show(view, c, v) for c, v in zip(columns, row)))
