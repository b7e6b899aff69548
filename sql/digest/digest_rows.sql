-- All rows of a table, to be summed up anew.
SELECT {columns} FROM main.{table};
