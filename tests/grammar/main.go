// Command grammar asks the runtime's own SQL parser which statements it accepts.
//
//	grammar                reads statements separated by lines "---", prints each that fails, and a count
//	grammar -json          reads one JSON string per line, prints {"index","error"} per failing one, one JSON a line
//	grammar -words         tries every keyword of the grammar in every position and prints the words that fail bare
//
// The status is 1 when a statement fails.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/stackql/stackql-parser/go/vt/sqlparser"
)

func main() {
	asJSON := flag.Bool("json", false, "read one JSON string per line")
	words := flag.Bool("words", false, "print the words that need quotes, by position")
	flag.Parse()
	if err := run(*asJSON, *words); err != nil {
		fmt.Fprintln(os.Stderr, "grammar:", err)
		os.Exit(2)
	}
}

func run(asJSON, words bool) error {
	if words {
		return printWords()
	}
	statements, err := readStatements(os.Stdin, asJSON)
	if err != nil {
		return err
	}
	failed := 0
	out := json.NewEncoder(os.Stdout)
	for index, statement := range statements {
		problem := parse(statement)
		if problem == nil {
			continue
		}
		failed++
		if asJSON {
			if err := out.Encode(map[string]any{"index": index, "error": problem.Error()}); err != nil {
				return err
			}
		} else {
			fmt.Printf("%v\n%s\n---\n", problem, statement)
		}
	}
	fmt.Fprintf(os.Stderr, "%d statements, %d fail\n", len(statements), failed)
	if failed > 0 {
		os.Exit(1)
	}
	return nil
}

// parse runs the parser; a panic inside it counts as a refusal.
func parse(statement string) (err error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("the parser panicked: %v", panicked)
		}
	}()
	_, err = sqlparser.Parse(statement)
	return err
}

func readStatements(input io.Reader, asJSON bool) ([]string, error) {
	lines := bufio.NewReader(input)
	var statements []string
	var current strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil && err != io.EOF {
			return nil, err
		}
		atEnd := err == io.EOF
		bare := strings.TrimRight(line, "\r\n")
		switch {
		case asJSON && bare != "":
			var statement string
			if err := json.Unmarshal([]byte(bare), &statement); err != nil {
				return nil, err
			}
			statements = append(statements, statement)
		case !asJSON && bare != "---":
			current.WriteString(line)
		}
		if !asJSON && (bare == "---" || atEnd) {
			if strings.TrimSpace(current.String()) != "" {
				statements = append(statements, current.String())
			}
			current.Reset()
		}
		if atEnd {
			return statements, nil
		}
	}
}
