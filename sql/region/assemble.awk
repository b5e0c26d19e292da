# Makes the function region_template() from the files of the template, for the install script.
# Fails when @region@ stands anywhere but in the place of an identifier: in a string, a comment or a dollar-quoted body
# the name of a region could end what it stands in.

function fail(why) {
	printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
	failed = 1
	exit 1
}

BEGIN {
	print "\n-- Made from sql/region/ by sql/region/assemble.awk.\n"
	print "CREATE FUNCTION region_template(OUT part text, OUT template text) RETURNS SETOF record"
	print "\tLANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp"
	print "AS $zr_template$ VALUES"
	state = "code"
}

FNR == 1 {
	if (NR > 1)
		print "$zr_part$),"
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.sql$/, "", name)
	printf "('%s', $zr_part$", name
}

{
	if (/\$zr_/)
		fail("$zr_ is what the parts are quoted with")
	if (/^\\/)
		fail("psql commands cannot run here")
	print
	line = $0
	while (line != "") {
		if (state == "code") {
			if (!match(line, /'|--|\/\*|\$[a-z_]*\$/))
				break
			mark = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if (mark == "--") {
				if (line ~ /@region@/)
					fail("@region@ in a comment")
				break
			}
			state = mark == "'" ? "string" : mark == "/*" ? "comment" : "body"
			close_with = mark == "/*" ? "*/" : mark
		} else {
			end = index(line, close_with)
			inside = end ? substr(line, 1, end - 1) : line
			if (inside ~ /@region@/)
				fail("@region@ in a " state)
			if (!end)
				break
			line = substr(line, end + length(close_with))
			state = "code"
		}
	}
}

END {
	if (failed)
		exit 1
	if (state != "code")
		fail("a " state " is not closed")
	print "$zr_part$)"
	print "$zr_template$;"
	print "COMMENT ON FUNCTION region_template() IS 'The plain SQL of a region, part by part, as create_region and upgrade_region run it: @region@ stands for the quoted name of the schema. Parts up to 49 make tables, from 50 on views and functions.';"
}
