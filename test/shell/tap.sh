# Sourced by the shell tests: TAP, and a directory that is removed at the end.
tests=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"; echo "1..$tests"' EXIT

# ok DESCRIPTION COMMAND...: passes when the command does; otherwise shows what it printed
ok() {
	local description=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$tmp/out" 2>&1; then
		echo "ok $tests - $description"
	else
		echo "not ok $tests - $description"
		head -n 30 "$tmp/out" | sed 's/^/# /'
	fi
}

# is DESCRIPTION GOT WANTED
is() { ok "$1" diff <(printf '%s\n' "$2") <(printf '%s\n' "$3"); }

# sql DATABASE [psql arguments]: stops at the first error, prints bare values
sql() {
	local db=$1
	shift
	psql -XqAt -v ON_ERROR_STOP=1 -d "$db" "$@"
}

fresh_database() { sql postgres -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1"; }
