//! Rules over documentation pages.

register! { "docs":
    dead_link,
    dead_anchor,
    mdx_expression,
    mdx_tag,
    html_comment,
    broken_front_matter,
    unfinished_text,
    docstring_in_page,
    empty_table,
    large_page,
    comma_in_comment,
    semicolon_in_comment,
    nothing_to_set,
    second_where,
    unquoted_word,
}
