-- 94-message-rules: the rules of iWmo/iJw 3.2 that the checks know: return code, what is rejected, and why.

CREATE TABLE message_rule (
    code text PRIMARY KEY CHECK (code ~ '^(CD|CS|TR|OP)[0-9]{3}$'),
    return_code text CHECK (return_code ~ '^[0-9A-Z]{4}$'),
    rejects text NOT NULL CHECK (rejects IN ('message', 'declaration', 'line')),
    explanation text NOT NULL
);
COMMENT ON TABLE message_rule IS 'Rules for allotments and claims that check_claims and check_allocations judge (regels), in our own words.';
COMMENT ON COLUMN message_rule.code IS 'Code of the rule (regelcode).';
COMMENT ON COLUMN message_rule.return_code IS 'Code that answers it (retourcode); NULL: a rule between parties that no message answers.';
COMMENT ON COLUMN message_rule.rejects IS 'What is rejected when it is broken: the whole message as if not sent (0001), the declaration, or the line (IV087).';
COMMENT ON COLUMN message_rule.explanation IS 'What is wrong (toelichting).';

INSERT INTO message_rule (code, return_code, rejects, explanation) VALUES
    ('CD041', '0001', 'message', 'An allotment of a product code has no volume.'),
    ('CD060', '0001', 'message', 'A credit line names the line that it credits, and a debit line names none.'),
    ('CD075', '0001', 'message', 'An allotment with a budget has no end date.'),
    ('CD076', '0001', 'message', 'An allotment per week has no end date.'),
    ('CD080', '0001', 'message', 'An allotment without a product code has a volume.'),
    ('CD087', '0001', 'message', 'A line has a tariff when it is not in euro, and none when it is.'),
    ('CS003', '0001', 'message', 'A period ends before it begins.'),
    ('CS100', '0001', 'message', 'A period lies before 2021.'),
    ('CS325', '0001', 'message', 'An amount of 0 is credit, not debit.'),
    ('CS335', '0001', 'message', 'An allotment is removed (reason for change 13) while its last day is not its first.'),
    ('CS336', '0001', 'message', 'Reason for change 01 is no longer in use.'),
    ('CS337', '0001', 'message', 'The product period is not within one calendar month.'),
    ('CS338', '0001', 'message', 'A volume per day is in a unit that is not counted per day.'),
    ('CS339', '0001', 'message', 'A line in euro claims another amount than its volume.'),
    ('CS340', '0001', 'message', 'The declaration period is not one calendar month.'),
    ('OP259', NULL, 'line', 'The same product is allotted twice to one provider for the same days.'),
    ('TR302', '0001', 'message', 'The same product is allotted twice in one message for the same days.'),
    ('TR304', '8187', 'line', 'The line is for another client than its allotment.'),
    ('TR307', '9307', 'line', 'The product period begins outside the allotment.'),
    ('TR308', '9308', 'line', 'The product period ends outside the allotment.'),
    ('TR314', '8021', 'line', 'The provider has used this reference before.'),
    ('TR315', '0001', 'message', 'Two lines of a declaration credit the same line.'),
    ('TR316', '0001', 'message', 'A declaration credits a line of its own.'),
    ('TR319', '9319', 'line', 'The product period lies after the declaration period.'),
    ('TR321', '9321', 'line', 'More is claimed than the allotment allows in the product period.'),
    ('TR322', '9322', 'line', 'With what was granted before, more is claimed than the whole allotment allows.'),
    ('TR323', '8017', 'line', 'The debit line that is credited is not known, was not granted, or is not the same.'),
    ('TR333', '9333', 'declaration', 'The provider has used this declaration number before.'),
    ('TR335', '0001', 'message', 'The product period ended more than five years before the declaration.'),
    ('TR338', '9338', 'line', 'There is no allotment with this number for the provider.'),
    ('TR339', '9339', 'line', 'The product category is not that of the allotment.'),
    ('TR340', '9340', 'line', 'The product code is not that of the allotment.'),
    ('TR341', '9341', 'line', 'The unit does not fit that of the allotment or the contract, or the volume is no single number.'),
    ('TR346', '9346', 'line', 'The amount is not the volume times the tariff.'),
    ('TR358', '0001', 'message', 'The total of the declaration is not the sum of its lines.'),
    ('TR369', '9369', 'line', 'With what was granted before, more is claimed than the budget.'),
    ('TR384', '9384', 'line', 'The allotment was removed.'),
    ('TR387', '9387', 'line', 'The product period begins on another day than its month or the allotment does.'),
    ('TR388', '9388', 'line', 'The product period ends on another day than its month or the allotment does.'),
    ('TR389', '9389', 'line', 'There is a debit line for this product and period that was not credited.'),
    ('TR390', '9390', 'line', 'The debit line was credited before.'),
    ('TR416', '0001', 'message', 'Two debit lines of a declaration are for the same product and period.'),
    ('TR418', '0611', 'line', 'The tariff is not that of the contract.');

REVOKE ALL ON TABLE message_rule FROM PUBLIC;
GRANT SELECT ON TABLE message_rule TO PUBLIC;
