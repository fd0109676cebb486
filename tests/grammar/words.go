package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	_ "unsafe" // for go:linkname

	"github.com/stackql/stackql-parser/go/vt/sqlparser"
)

// keywords is the grammar's own table. The package does not export it.
//
//go:linkname keywords github.com/stackql/stackql-parser/go/vt/sqlparser.keywords
var keywords map[string]int

// positions are the places in which a statement can hold a name, by the class of name that stands there.
var positions = map[string][]string{
	"provider": {
		"SELECT a FROM %s.s.t",
		"INSERT INTO %s.s.t (\na\n)\nSELECT 'x'",
		"UPDATE %s.s.t SET a = 'x' WHERE b = 'y'",
		"REPLACE %s.s.t SET a = 'x' WHERE b = 'y'",
		"DELETE FROM %s.s.t WHERE b = 'y'",
		"EXEC %s.s.t.m @a='x'",
		"SHOW SERVICES IN %s",
	},
	"name": {
		"SELECT a FROM p.%s.t",
		"SELECT a FROM p.s.%s",
		"INSERT INTO p.%s.t (\na\n)\nSELECT 'x'",
		"INSERT INTO p.s.%s (\na\n)\nSELECT 'x'",
		"UPDATE p.%s.t SET a = 'x' WHERE b = 'y'",
		"UPDATE p.s.%s SET a = 'x' WHERE b = 'y'",
		"REPLACE p.%s.t SET a = 'x' WHERE b = 'y'",
		"REPLACE p.s.%s SET a = 'x' WHERE b = 'y'",
		"DELETE FROM p.%s.t WHERE b = 'y'",
		"DELETE FROM p.s.%s WHERE b = 'y'",
		"EXEC p.%s.t.m @a='x'",
		"EXEC p.s.%s.m @a='x'",
		"EXEC p.s.t.%s @a='x'",
		"EXEC p.s.t.%s",
		"SHOW RESOURCES IN p.%s",
		"SHOW METHODS IN p.s.%s",
		"DESCRIBE p.%s.t",
		"DESCRIBE p.s.%s",
		"DESCRIBE EXTENDED p.s.%s",
	},
	"field": {
		"SELECT %s FROM p.s.t",
		"SELECT %s, a FROM p.s.t",
		"SELECT a, %s, b FROM p.s.t",
		"SELECT a, %s FROM p.s.t",
		"SELECT a FROM p.s.t WHERE %s = 'x'",
		"SELECT a FROM p.s.t WHERE b = 'y' AND %s = 'x'",
		"INSERT INTO p.s.t (\n%s\n)\nSELECT 'x'",
		"INSERT INTO p.s.t (\na,\n%s\n)\nSELECT 'x', 'y'",
		"UPDATE p.s.t SET %s = 'x' WHERE b = 'y'",
		"UPDATE p.s.t SET a = 'x', %s = 'x' WHERE b = 'y'",
		"UPDATE p.s.t SET a = 'x' WHERE %s = 'y'",
		"UPDATE p.s.t SET a = 'x' WHERE b = 'y' AND %s = 'y'",
		"REPLACE p.s.t SET %s = 'x' WHERE b = 'y'",
		"REPLACE p.s.t SET a = 'x' WHERE %s = 'y'",
		"DELETE FROM p.s.t WHERE %s = 'y'",
		"DELETE FROM p.s.t WHERE b = 'x' AND %s = 'y'",
		"INSERT INTO p.s.t (\na\n)\nSELECT 'x' RETURNING %s",
		"INSERT INTO p.s.t (\na\n)\nSELECT 'x' RETURNING a, %s",
		"UPDATE p.s.t SET a = 'x' WHERE b = 'y' RETURNING %s",
	},
	"exec_parameter": {
		"EXEC p.s.t.m @%s='x'",
		"EXEC p.s.t.m @a='x', @%s='x'",
	},
}

// printWords prints, per class of name, the words that fail bare in some position and, as "refused", those that fail
// even in double quotes.
func printWords() error {
	table := map[string][]string{"refused": {}}
	for class, forms := range positions {
		table[class] = []string{}
		for word := range keywords {
			if fails(forms, word) {
				table[class] = append(table[class], word)
				if fails(forms, `"`+word+`"`) {
					table["refused"] = append(table["refused"], class+" "+word)
				}
			}
		}
	}
	for class := range table {
		sort.Strings(table[class])
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", " ")
	return out.Encode(table)
}

func fails(forms []string, name string) bool {
	for _, form := range forms {
		if _, err := sqlparser.Parse(fmt.Sprintf(form, name)); err != nil {
			return true
		}
	}
	return false
}
