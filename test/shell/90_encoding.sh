#!/usr/bin/env bash
# Databases in other encodings: the texts of the extension arrive as they are meant.
set -uo pipefail
cd "$(dirname "$0")/../.." || exit
. test/shell/tap.sh

export PGCLIENTENCODING=UTF8
for encoding in LATIN1 WIN1252 LATIN9; do
	sql postgres -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS zr_encoding' -c "CREATE DATABASE zr_encoding TEMPLATE template0 ENCODING '$encoding' LOCALE 'C'"
	ok "$encoding: CREATE EXTENSION" sql zr_encoding -c 'CREATE EXTENSION zorgregio' -c "CALL zorgregio.create_region('r', 'Regio é')"
	is "$encoding: a comment" "$(sql zr_encoding -c "SELECT substring(obj_description('zorgregio.unique_clients(bigint)'::regprocedure, 'pg_proc') FROM 'uni[^,]*')")" 'unieke cliënten)'
	is "$encoding: a letter with a sign" "$(sql zr_encoding -c "SELECT 'Élise' ~ '^[a-zA-Z\\u00C0-\\u1EF3]{1,6}\$', 'É' ~ '[a-z]'")" 't|f'
done
sql postgres -c 'DROP DATABASE zr_encoding'
