//! Python source to a small syntax tree of our own: the only file that knows the parser.
//!
//! The tree holds what generated client code can say and folds everything else into `Other`, so that a change of parser
//! (its crates promise no stable interface and are pinned) touches this file alone.

use std::ops::Range;

use ecow::EcoString;
use ruff_python_ast as ast;
use ruff_python_ast::PythonVersion;
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};

/// A statement and where it stands in its file (bytes).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Statement {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

/// The statements that occur in generated client code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Assign {
        target: Expression,
        value: Expression,
    },
    Annotated {
        name: EcoString,
        annotation: Expression,
        value: Option<Expression>,
    },
    Add {
        target: Expression,
        value: Expression,
    },
    Expression(Expression),
    Return(Option<Expression>),
    If {
        test: Expression,
        body: Vec<Statement>,
    },
    While {
        test: Expression,
        body: Vec<Statement>,
    },
    For {
        variable: EcoString,
        of: Expression,
        body: Vec<Statement>,
    },
    Continue,
    Function(Box<Function>),
    Class(Box<Class>),
    /// `from module import name as alias`; `dots` counts the leading dots of a relative import.
    ImportFrom {
        dots: u32,
        module: EcoString,
        names: Vec<(EcoString, EcoString)>,
    },
    Import,
    Other,
}

/// A function or method.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Function {
    pub(super) name: EcoString,
    pub(super) decorators: Vec<Expression>,
    pub(super) parameters: Vec<Parameter>,
    /// Takes `*args` or `**kwargs`, or positional-only parameters.
    pub(super) open_ended: bool,
    pub(super) returns: Option<Expression>,
    pub(super) body: Vec<Statement>,
}

/// One named parameter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: EcoString,
    pub(super) annotation: Option<Expression>,
    pub(super) has_default: bool,
}

/// A class statement.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Class {
    pub(super) name: EcoString,
    pub(super) decorators: Vec<Expression>,
    pub(super) bases: Vec<Expression>,
    pub(super) body: Vec<Statement>,
}

/// The expressions that occur in generated client code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Name(EcoString),
    Text(EcoString),
    Integer(i64),
    True,
    False,
    None,
    Attribute(Box<Expression>, EcoString),
    Index(Box<Expression>, Box<Expression>),
    Call(Box<Call>),
    Dict(Vec<(Expression, Expression)>),
    List(Vec<Expression>),
    Tuple(Vec<Expression>),
    /// `[value for variable in of]`
    Each {
        value: Box<Expression>,
        variable: EcoString,
        of: Box<Expression>,
    },
    /// An f-string.
    Format(Vec<Piece>),
    Compare {
        left: Box<Expression>,
        operator: Operator,
        right: Box<Expression>,
    },
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    /// `then if test else otherwise`
    Choice {
        test: Box<Expression>,
        then: Box<Expression>,
        otherwise: Box<Expression>,
    },
    Yield(Box<Expression>),
    Other,
}

/// A call: what is called, with what.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) function: Expression,
    pub(super) arguments: Vec<Expression>,
    pub(super) keywords: Vec<(EcoString, Expression)>,
}

/// A piece of an f-string.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    Literal(EcoString),
    Value(Expression),
}

/// The comparisons in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    Is,
    IsNot,
    In,
    NotIn,
    Other,
}

/// Where and why a file is not Python.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) span: Range<usize>,
}

/// The statements of a file.
///
/// # Errors
/// The first syntax error. Generated code has none, so recovery is of no use.
pub(super) fn parse(source: &str) -> Result<Vec<Statement>, SyntaxError> {
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY312);
    let parsed = parse_unchecked(source, options);
    if let Some(error) = parsed.errors().first() {
        return Err(SyntaxError {
            message: error.error.to_string(),
            span: span(error.location),
        });
    }
    Ok(match parsed.into_syntax() {
        ast::Mod::Module(module) => statements(&module.body),
        ast::Mod::Expression(_) => Vec::new(),
    })
}

impl Expression {
    /// Whether this is the dotted name `path`, as in `self._api.do`.
    pub(super) fn is_path(&self, path: &[&str]) -> bool {
        match (self, path) {
            (Self::Name(name), [only]) => name == only,
            (Self::Attribute(of, name), [before @ .., last]) => name == last && of.is_path(before),
            _ => false,
        }
    }

    /// Whether this is the plain name `name`.
    pub(super) fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own == name)
    }

    /// The plain name this is, if it is one.
    pub(super) fn name(&self) -> Option<&EcoString> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The text of a string literal.
    pub(super) fn text(&self) -> Option<&EcoString> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The call this is, if it is one.
    pub(super) fn call(&self) -> Option<&Call> {
        match self {
            Self::Call(call) => Some(call),
            _ => None,
        }
    }

    /// The call of `method` on something without arguments: `something.method()`.
    pub(super) fn receiver_of(&self, method: &str) -> Option<&Self> {
        match self.call() {
            Some(Call {
                function: Self::Attribute(of, name),
                arguments,
                keywords,
            }) if name == method && arguments.is_empty() && keywords.is_empty() => Some(of),
            _ => None,
        }
    }
}

impl Statement {
    /// The text of a string that stands alone (a docstring).
    pub(super) fn docstring(&self) -> Option<&EcoString> {
        match &self.kind {
            Kind::Expression(expression) => expression.text(),
            _ => None,
        }
    }
}

fn span(range: TextRange) -> Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}

fn statements(body: &[ast::Stmt]) -> Vec<Statement> {
    body.iter()
        .map(|statement| Statement {
            span: span(statement.range()),
            kind: kind(statement),
        })
        .collect()
}

fn kind(statement: &ast::Stmt) -> Kind {
    match statement {
        ast::Stmt::Assign(assign) => match assign.targets.as_slice() {
            [target] => Kind::Assign {
                target: expression(target),
                value: expression(&assign.value),
            },
            _ => Kind::Other,
        },
        ast::Stmt::AnnAssign(annotated) => match annotated.target.as_ref() {
            ast::Expr::Name(name) => Kind::Annotated {
                name: name.id.as_str().into(),
                annotation: expression(&annotated.annotation),
                value: annotated.value.as_deref().map(expression),
            },
            _ => Kind::Other,
        },
        ast::Stmt::AugAssign(add) if add.op == ast::Operator::Add => Kind::Add {
            target: expression(&add.target),
            value: expression(&add.value),
        },
        ast::Stmt::Expr(inner) => Kind::Expression(expression(&inner.value)),
        ast::Stmt::Return(inner) => Kind::Return(inner.value.as_deref().map(expression)),
        ast::Stmt::If(inner) if inner.elif_else_clauses.is_empty() => Kind::If {
            test: expression(&inner.test),
            body: statements(&inner.body),
        },
        ast::Stmt::While(inner) if inner.orelse.is_empty() => Kind::While {
            test: expression(&inner.test),
            body: statements(&inner.body),
        },
        ast::Stmt::For(inner) if inner.orelse.is_empty() && !inner.is_async => match inner.target.as_ref() {
            ast::Expr::Name(name) => Kind::For {
                variable: name.id.as_str().into(),
                of: expression(&inner.iter),
                body: statements(&inner.body),
            },
            _ => Kind::Other,
        },
        ast::Stmt::Continue(_) => Kind::Continue,
        ast::Stmt::FunctionDef(function) => Kind::Function(Box::new(self::function(function))),
        ast::Stmt::ClassDef(class) => Kind::Class(Box::new(Class {
            name: class.name.as_str().into(),
            decorators: class
                .decorator_list
                .iter()
                .map(|decorator| expression(&decorator.expression))
                .collect(),
            bases: class
                .arguments
                .iter()
                .flat_map(|arguments| arguments.args.iter().map(expression))
                .collect(),
            body: statements(&class.body),
        })),
        ast::Stmt::ImportFrom(import) => Kind::ImportFrom {
            dots: import.level,
            module: import
                .module
                .as_ref()
                .map(ast::Identifier::as_str)
                .unwrap_or_default()
                .into(),
            names: import.names.iter().map(imported).collect(),
        },
        ast::Stmt::Import(_) => Kind::Import,
        _ => Kind::Other,
    }
}

/// The name in its module and the name it goes by here.
fn imported(alias: &ast::Alias) -> (EcoString, EcoString) {
    let name: EcoString = alias.name.as_str().into();
    let local = alias
        .asname
        .as_ref()
        .map_or_else(|| name.clone(), |local| local.as_str().into());
    (name, local)
}

fn function(function: &ast::StmtFunctionDef) -> Function {
    let parameters = &function.parameters;
    Function {
        name: function.name.as_str().into(),
        decorators: function
            .decorator_list
            .iter()
            .map(|decorator| expression(&decorator.expression))
            .collect(),
        parameters: parameters
            .args
            .iter()
            .chain(&parameters.kwonlyargs)
            .map(parameter)
            .collect(),
        open_ended: !parameters.posonlyargs.is_empty()
            || parameters.vararg.is_some()
            || parameters.kwarg.is_some()
            || function.is_async,
        returns: function.returns.as_deref().map(expression),
        body: statements(&function.body),
    }
}

fn parameter(parameter: &ast::ParameterWithDefault) -> Parameter {
    Parameter {
        name: parameter.parameter.name.as_str().into(),
        annotation: parameter.parameter.annotation.as_deref().map(expression),
        has_default: parameter.default.is_some(),
    }
}

fn boxed(inner: &ast::Expr) -> Box<Expression> {
    Box::new(expression(inner))
}

fn expression(from: &ast::Expr) -> Expression {
    match from {
        ast::Expr::Name(name) => Expression::Name(name.id.as_str().into()),
        ast::Expr::StringLiteral(literal) => Expression::Text(literal.value.to_str().into()),
        ast::Expr::NumberLiteral(number) => match &number.value {
            ast::Number::Int(integer) => integer.as_i64().map_or(Expression::Other, Expression::Integer),
            _ => Expression::Other,
        },
        ast::Expr::BooleanLiteral(literal) if literal.value => Expression::True,
        ast::Expr::BooleanLiteral(_) => Expression::False,
        ast::Expr::NoneLiteral(_) => Expression::None,
        ast::Expr::Attribute(attribute) => {
            Expression::Attribute(boxed(&attribute.value), attribute.attr.as_str().into())
        }
        ast::Expr::Subscript(subscript) => Expression::Index(boxed(&subscript.value), boxed(&subscript.slice)),
        ast::Expr::Call(call) => self::call(call),
        ast::Expr::Dict(dict) => dict
            .items
            .iter()
            .map(|item| item.key.as_ref().map(|key| (expression(key), expression(&item.value))))
            .collect::<Option<_>>()
            .map_or(Expression::Other, Expression::Dict),
        ast::Expr::List(list) => Expression::List(list.elts.iter().map(expression).collect()),
        ast::Expr::Tuple(tuple) => Expression::Tuple(tuple.elts.iter().map(expression).collect()),
        ast::Expr::ListComp(each) => self::each(each),
        ast::Expr::FString(format) => pieces(format).map_or(Expression::Other, Expression::Format),
        ast::Expr::Compare(compare) => self::compare(compare),
        ast::Expr::BoolOp(operation) => {
            let values = operation.values.iter().map(expression).collect();
            match operation.op {
                ast::BoolOp::And => Expression::And(values),
                ast::BoolOp::Or => Expression::Or(values),
            }
        }
        ast::Expr::UnaryOp(operation) if operation.op == ast::UnaryOp::Not => {
            Expression::Not(boxed(&operation.operand))
        }
        ast::Expr::If(choice) => Expression::Choice {
            test: boxed(&choice.test),
            then: boxed(&choice.body),
            otherwise: boxed(&choice.orelse),
        },
        ast::Expr::Yield(inner) => {
            Expression::Yield(inner.value.as_deref().map_or_else(|| Box::new(Expression::None), boxed))
        }
        _ => Expression::Other,
    }
}

fn call(call: &ast::ExprCall) -> Expression {
    let keywords = call
        .arguments
        .keywords
        .iter()
        .map(|keyword| {
            keyword
                .arg
                .as_ref()
                .map(|name| (name.as_str().into(), expression(&keyword.value)))
        })
        .collect::<Option<Vec<_>>>();
    match keywords {
        Some(keywords) => Expression::Call(Box::new(Call {
            function: expression(&call.func),
            arguments: call.arguments.args.iter().map(expression).collect(),
            keywords,
        })),
        None => Expression::Other,
    }
}

fn each(each: &ast::ExprListComp) -> Expression {
    match each.generators.as_slice() {
        [
            ast::Comprehension {
                target: ast::Expr::Name(variable),
                iter,
                ifs,
                is_async: false,
                ..
            },
        ] if ifs.is_empty() => Expression::Each {
            value: boxed(&each.elt),
            variable: variable.id.as_str().into(),
            of: boxed(iter),
        },
        _ => Expression::Other,
    }
}

fn pieces(format: &ast::ExprFString) -> Option<Vec<Piece>> {
    let mut out = Vec::new();
    for part in &format.value {
        match part {
            ast::FStringPart::Literal(literal) => out.push(Piece::Literal(literal.value.as_ref().into())),
            ast::FStringPart::FString(inner) => {
                for element in &inner.elements {
                    out.push(piece(element)?);
                }
            }
        }
    }
    Some(out)
}

fn piece(element: &ast::InterpolatedStringElement) -> Option<Piece> {
    match element {
        ast::InterpolatedStringElement::Literal(literal) => Some(Piece::Literal(literal.value.as_ref().into())),
        ast::InterpolatedStringElement::Interpolation(value)
            if value.format_spec.is_none() && value.debug_text.is_none() =>
        {
            Some(Piece::Value(expression(&value.expression)))
        }
        ast::InterpolatedStringElement::Interpolation(_) => None,
    }
}

fn compare(compare: &ast::ExprCompare) -> Expression {
    let ([operator], [right]) = (compare.ops.as_ref(), compare.comparators.as_ref()) else {
        return Expression::Other;
    };
    Expression::Compare {
        left: boxed(&compare.left),
        operator: match operator {
            ast::CmpOp::Eq => Operator::Equal,
            ast::CmpOp::Is => Operator::Is,
            ast::CmpOp::IsNot => Operator::IsNot,
            ast::CmpOp::In => Operator::In,
            ast::CmpOp::NotIn => Operator::NotIn,
            _ => Operator::Other,
        },
        right: boxed(right),
    }
}
