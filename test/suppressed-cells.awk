# A linear program of all that a reader can conclude about the hidden cells of one table, from the lines of
# test/suppressed-cells.sql without the first field. For each hidden cell two copies of all cells: in one it is as large as
# can be, in the other as small. The first variables of the program are those, in the order of the cells.
#
#   -v mode=exact  the reader knows published figures before rounding, which hidden ones are small, and by how much each
#                  total differs from its parts: more than anybody can
#   -v mode=empty  the same reader, who also knows which cells are empty, and asks for the others
#   -v mode=view   the reader knows the view and what persons in groups must obey
#   -v below=N     the threshold

function name(k, way, cell) { return "x" k way "_" cell }

# A constraint over the cells of a line in one copy: the sum of the parts, less the total
function line(k, way, list, total, relation, bound,    i, n, cells) {
	n = split(list, cells, " ")
	for (i = 1; i <= n; i++)
		print " + " name(k, way, cells[i])
	print " - " name(k, way, total) " " relation " " bound
}

function copy(k, way,    l, i, n, cells, sum, largest) {
	for (l in parts) {
		if (!(total[l] in truth) || parts[l] == "")
			continue
		n = split(parts[l], cells, " ")
		sum = largest = 0
		for (i = 1; i <= n; i++) {
			sum += truth[cells[i]]
			if (truth[cells[i]] > largest)
				largest = truth[cells[i]]
		}
		if (mode != "view" || sums)
			line(k, way, parts[l], total[l], "=", sprintf("%.2f", sum - truth[total[l]]))
		else if (sum >= truth[total[l]])
			line(k, way, parts[l], total[l], ">=", 0)
		if (mode == "view" && !sums && largest <= truth[total[l]])
			for (i = 1; i <= n; i++)
				line(k, way, cells[i], total[l], "<=", 0)
	}
}

BEGIN { FS = "|"; BIG = 1000000 }
{
	cell = $1 "_" $2
	order[NR] = cell
	truth[cell] = $3
	hidden[cell] = $4
	low[cell] = $5
	high[cell] = $6
	money = $7 == ""
	sums = $9
	if (mode != "view" && !$4)
		low[cell] = high[cell] = $3
	if ($4) {
		low[cell] = 0
		high[cell] = money ? 100 * BIG : BIG
		if (mode != "view" && !money) {
			low[cell] = $7 ? 0 : below
			if ($7)
				high[cell] = below - 1
		}
		if ($3 < 0)
			low[cell] = $3
		if (mode == "empty" && $10)
			low[cell] = high[cell] = 0
		else
			ask[++asked] = cell
	}
	if ($2 == 0)
		total["row" $1] = cell
	else
		parts["row" $1] = parts["row" $1] " " cell
	if ($1 == 0)
		total["column" $2] = cell
	else
		parts["column" $2] = parts["column" $2] " " cell
}
END {
	print "Maximize\n range:"
	for (k = 1; k <= asked; k++)
		print " + " name(k, "u", ask[k]) " - " name(k, "d", ask[k])
	print "Subject To"
	for (k = 1; k <= asked; k++) {
		copy(k, "u")
		copy(k, "d")
	}
	print "Bounds"
	for (k = 1; k <= asked; k++)
		for (i = 1; i <= NR; i++)
			for (way = 0; way < 2; way++)
				print " " low[order[i]] " <= " name(k, substr("ud", way + 1, 1), order[i]) " <= " high[order[i]]
	print "End"
}
