-- 71-credits: which credit line takes which claim line back (TR323, TR390, TR315, TR316; IV085, IV091).
--
-- Both lines stay in claims. The k-th of credit lines that are alike takes back the k-th of the lines they can be of, in
-- the order of their declarations, so that no line is taken back twice.

CREATE OR REPLACE VIEW @region@.claim_credits WITH (security_invoker) AS
WITH line AS (
	SELECT c.id, c.number, c.product, c.product_period, c.volume, c.tariff, abs(c.amount) AS amount, c.declaration, d.provider, d.law, d.declared, d.number AS declaration_number,
		coalesce(c.credit, c.amount < 0) AS credit, c.reference, CASE WHEN coalesce(c.credit, c.amount < 0) THEN c.previous_reference ELSE c.reference END AS known_as
	FROM @region@.claims c LEFT JOIN @region@.declarations d ON d.id = c.declaration
),
ranked AS (
	SELECT l.*, row_number() OVER (alike ORDER BY l.credit, l.declared, l.declaration_number, l.reference, l.id) AS n, count(*) FILTER (WHERE NOT l.credit) OVER alike AS debits
	FROM line l
	WHERE l.credit OR l.known_as IN (SELECT c.previous_reference FROM @region@.claims c WHERE c.previous_reference IS NOT NULL)
	WINDOW alike AS (PARTITION BY l.known_as, l.provider, l.law, l.number, l.product, l.product_period, l.volume, l.tariff, l.amount)
)
SELECT c.id AS credit, CASE WHEN d.declaration = c.declaration THEN NULL ELSE d.id END AS debit,
	CASE WHEN d.declaration = c.declaration THEN 'the line is in the same declaration (TR315, TR316)'
		WHEN d.id IS NOT NULL THEN NULL
		WHEN c.debits > 0 THEN 'the line was taken back before (TR390)'
		ELSE 'there is no such line (TR323)' END AS reason
FROM ranked c LEFT JOIN ranked d ON NOT d.credit AND d.n = c.n - c.debits AND d.known_as = c.known_as AND d.number = c.number AND d.product_period = c.product_period AND d.amount = c.amount
	AND (d.provider = c.provider OR d.provider IS NULL AND c.provider IS NULL) AND (d.law = c.law OR d.law IS NULL AND c.law IS NULL)
	AND (d.product = c.product OR d.product IS NULL AND c.product IS NULL) AND (d.volume = c.volume OR d.volume IS NULL AND c.volume IS NULL)
	AND (d.tariff = c.tariff OR d.tariff IS NULL AND c.tariff IS NULL)
WHERE c.credit;
COMMENT ON VIEW @region@.claim_credits IS 'Credit lines and the claim lines that they take back (creditregels): an identical line of the same provider and law with the reference that the credit line names. A claim line that is in no row as debit is open.';
COMMENT ON COLUMN @region@.claim_credits.credit IS 'The credit line: its id in claims.';
COMMENT ON COLUMN @region@.claim_credits.debit IS 'The line that it takes back: its id in claims; NULL: none, see reason.';
COMMENT ON COLUMN @region@.claim_credits.reason IS 'Why it takes nothing back; NULL: it does.';
