# zorgregio: a PostgreSQL extension. `make help` lists the targets.
EXTENSION  = zorgregio
EXTVERSION = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" zorgregio.control)
MODULE_big = zorgregio
OBJS       = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c)))
DATA_built = sql/zorgregio--$(EXTVERSION).sql
SCRIPT_IN  = $(sort $(wildcard sql/modules/*.sql))
PG_CPPFLAGS = -DZR_VERSION='"$(EXTVERSION)"'
EXTRA_CLEAN = sql/zorgregio--$(EXTVERSION).sql results regression.diffs regression.out test/unit/build

REGRESS      = $(notdir $(basename $(sort $(wildcard test/sql/*.sql))))
REGRESS_OPTS = --inputdir=test

# Flags that CI turns into errors; users get the plain build.
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

PG_CONFIG ?= $(firstword $(wildcard /usr/lib/postgresql/*/bin/pg_config) pg_config)
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)

.DEFAULT_GOAL := all
ifneq ($(PGXS),)
include $(PGXS)
else
all install:
	@echo "No PostgreSQL server headers found. Install postgresql-server-dev-15, or set PG_CONFIG." >&2; exit 1
endif
# Bitcode for JIT inlining gains nothing here and would need clang.
override with_llvm := no

# Every object depends on every header: the project is small, a stale object is not.
$(OBJS): $(wildcard src/*.h)

sql/zorgregio--$(EXTVERSION).sql: $(SCRIPT_IN) zorgregio.control
	@{ printf '%s\n' '\echo Use "CREATE EXTENSION zorgregio" to load this file. \quit'; cat $(SCRIPT_IN); } > $@

.PHONY: help unit regress pgtap test demo bench lint
help:
	@sed -n 's/^#: //p' $(firstword $(MAKEFILE_LIST))

#: make            build the extension
#: make install    install it (your own step; everything below leaves /usr alone)
#: make demo       the main job on a scratch server, with results
#: make test       all tests on a scratch server
#: make bench      ratios against plain SQL and a plain scan
#: make unit       server-free tests of the pure core
#: make regress    pg_regress on a scratch server;  T="a b" runs only these
#: make pgtap      pgTAP on a scratch server;       T=file.sql runs only this
#: make lint       layout, warnings, static analysis
unit:
	@test/unit/run $(T)
regress: 
	@scripts/scratch-server test/run-regress $(T)
pgtap:
	@scripts/scratch-server test/run-pgtap $(T)
