# zorgregio: a PostgreSQL extension. `make help` lists the targets.
EXTENSION  = zorgregio
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" zorgregio.control)
MODULE_big = zorgregio
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c)))
DATA_built = sql/zorgregio--$(EXTVERSION).sql
DATA       = $(sort $(wildcard sql/zorgregio--*--*.sql))
SCRIPT_IN  = $(sort $(wildcard sql/modules/*.sql))
REGION_IN  = $(sort $(wildcard sql/region/*.sql))
PG_CPPFLAGS = -DZR_VERSION='"$(EXTVERSION)"'
EXTRA_CLEAN = results regression.diffs regression.out

# WERROR=1: the warnings that developers and CI see as errors; users get the server's own flags.
WARNFLAGS = -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wshadow -Wstrict-prototypes \
	-Wold-style-definition -Wformat=2 -Wvla -Wwrite-strings -Wdouble-promotion -Wnull-dereference
ifdef WERROR
PG_CFLAGS += $(WARNFLAGS) -Werror
endif
# SANITIZE=1: undefined behaviour aborts. The server's -fwrapv would hide signed overflow.
ifdef SANITIZE
PG_CFLAGS += -fsanitize=undefined -fno-sanitize-recover=undefined -fno-wrapv -fno-omit-frame-pointer
SHLIB_LINK += -fsanitize=undefined
endif

# Bitcode for JIT inlining gains nothing here and would need clang.
override with_llvm := no

ifndef PG_CONFIG
PG_CONFIG := $(shell scripts/pg-config)
endif
# Empty when the server headers are missing: the targets below that install packages must still work then.
PGXS := $(if $(wildcard $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)/postgres.h),$(shell $(PG_CONFIG) --pgxs))

.DEFAULT_GOAL := all
ifneq ($(PGXS),)
include $(PGXS)
else
all install:
	@echo "No PostgreSQL server headers found: run scripts/need-packages, or set PG_CONFIG." >&2; exit 1
endif

# Every object depends on every header: the project is small, a stale object is not.
$(OBJS): $(wildcard src/*.h) zorgregio.control

sql/zorgregio--$(EXTVERSION).sql: $(SCRIPT_IN) $(REGION_IN) sql/region/assemble.awk zorgregio.control
	@{ printf '%s\n' '\echo Use "CREATE EXTENSION zorgregio" to load this file. \quit' && cat $(SCRIPT_IN) && \
		awk -f sql/region/assemble.awk $(REGION_IN); } > $@ || { rm -f $@; exit 1; }

.PHONY: help test demo report bench unit regress pgtap shell examples lint versions
help:
	@sed -n 's/^#: //p' $(firstword $(MAKEFILE_LIST))

#: make            build the extension
#: make install    install it (your own step; everything below leaves /usr alone)
#: make demo       the main job on a scratch server, with results
#: make report     the monitor as one HTML page, report.html: of the demo, or of your own region with
#:                 REGION=mijov PGDATABASE=care, as psql connects
#: make test       all tests on a scratch server, then again with the undefined behaviour sanitizer
#: make bench      ratios against plain SQL and a plain scan
#:
#: make unit       server-free tests of the pure core;        T="test_a test_b" runs only these
#: make regress    pg_regress on a scratch server;            T="a b"
#: make pgtap      pgTAP on a scratch server;                 T=test/pgtap/NN_x.sql
#: make shell      dump and restore, hostile schemas;         T=test/shell/x.sh
#: make examples   every SQL example of README.md and doc/;   T=doc/x.md
#: make lint       layout, warnings, static analysis
#: make versions   the tests on PostgreSQL 17 and 18
#:
#: WERROR=1 makes warnings errors, SANITIZE=1 aborts on undefined behaviour, PG_CONFIG=... chooses the server.
test:
	@test/run-all
demo:
	@scripts/need-packages && scripts/scratch-server demo/run
report:
	@scripts/need-packages report && if [ -n "$(REGION)" ]; then report/run; else scripts/need-packages && scripts/scratch-server report/demo; fi
bench:
	@scripts/need-packages && ZR_SHARED_BUFFERS=1GB ZR_CONF="$$(cat bench/postgresql.conf 2>/dev/null)" scripts/scratch-server bench/run
unit:
	@test/unit/run $(T)
regress pgtap shell examples:
	@scripts/need-packages && scripts/scratch-server test/run-$@ $(T)
lint:
	@scripts/lint
versions:
	@scripts/versions $(T)
