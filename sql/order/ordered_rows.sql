-- The rows of a statement in another order, as many as are asked for. What is missing comes last, whatever comes first.
SELECT *
FROM (
{statement}
)
ORDER BY {keys}
LIMIT {limit};
