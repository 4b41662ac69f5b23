# Reads the formals of a function from its source, without running it: `Rscript signature-hints.R FILE FUNCTION`.
args <- commandArgs(TRUE)
lines <- readLines(args[1], warn = FALSE)
exact <- function(value) sprintf("%.17g", as.numeric(value))
is_assignment <- function(part) is.call(part) && as.character(part[[1]])[1] %in% c("<-", "=") &&
  is.name(part[[2]]) && is.call(part[[3]]) && identical(part[[3]][[1]], as.name("function"))
# `#' @param wt Weight` above the function, continued on the next lines.
read_roxygen <- function(line) {
  first <- line
  while (first > 1 && grepl("^\\s*#'", lines[first - 1])) first <- first - 1
  text <- sub("^\\s*#' ?", "", lines[seq_len(line - 1)][seq_len(line - 1) >= first])
  starts <- grep("^@", text)
  about <- text[seq_len(if (length(starts)) starts[1] - 1 else length(text))]
  params <- list()
  for (start in starts) {
    end <- c(starts[starts > start] - 1, length(text))[1]
    whole <- paste(trimws(text[start:end]), collapse = " ")
    found <- regmatches(whole, regexec("^@param\\s+(\\S+)\\s+(.*)$", whole))[[1]]
    if (length(found)) for (name in strsplit(found[2], ",")[[1]]) params[[name]] <- trimws(found[3])
  }
  blank <- which(!nzchar(trimws(about)))
  list(about = trimws(paste(if (length(blank)) about[seq_len(blank[1] - 1)] else about, collapse = " ")), params = params)
}
is_call_of <- function(value, names) is.call(value) && as.character(value[[1]])[1] %in% names
literal <- function(value) {
  if (is_call_of(value, "-") && length(value) == 2 && is.numeric(value[[2]])) return(-value[[2]])
  if (is.call(value) || is.name(value)) NULL else value
}
read_default <- function(value) {
  if (missing(value) || identical(value, quote(expr = ))) return(list())
  if (is_call_of(value, "c")) {
    levels <- lapply(as.list(value)[-1], literal)
    if (length(levels) && all(vapply(levels, is.character, TRUE)))
      return(list(type = "category", levels = I(unlist(levels)), default = levels[[1]], optional = TRUE))
    if (length(levels) && all(vapply(levels, is.numeric, TRUE))) return(list(type = "number", shape = I(length(levels)), optional = FALSE))
  }
  if (is_call_of(value, c("as.Date", "ISOdate", "as.POSIXct"))) {
    text <- literal(value[[2]])
    return(list(type = if (is_call_of(value, "as.Date")) "date" else "datetime", default = if (is.character(text)) text, optional = TRUE))
  }
  if (is_call_of(value, "factor")) {
    levels <- lapply(as.list(value[["levels"]] %||% value[[2]])[-1], literal)
    if (length(levels)) return(list(type = "category", levels = I(as.character(unlist(levels))), optional = TRUE))
  }
  value <- literal(value)
  if (is.null(value)) return(list(optional = TRUE, nullable = TRUE))
  if (length(value) == 1 && is.na(value)) {
    type <- if (is.integer(value)) "integer" else if (is.double(value)) "number" else if (is.character(value)) "string"
    return(list(type = type, optional = TRUE, nullable = TRUE))
  }
  if (is.logical(value)) list(type = "boolean", default = value, optional = TRUE)
  else if (is.integer(value)) list(type = "integer", default = exact(value), optional = TRUE)
  else if (is.numeric(value)) list(type = "number", default = exact(value), optional = TRUE)
  else list(type = "string", default = value, optional = TRUE)
}
`%||%` <- function(one, other) if (is.null(one)) other else one
# `@param smoker logical. ...`: the first word may be a class.
classes <- c(numeric = "number", double = "number", number = "number", integer = "integer", logical = "boolean",
  boolean = "boolean", character = "string", string = "string", Date = "date", POSIXct = "datetime")
read_function <- function(part, line) {
  words <- read_roxygen(line)
  formals <- as.list(part[[3]][[2]])
  params <- lapply(names(formals), function(name) {
    facts <- read_default(formals[[name]])
    about <- words$params[[name]]
    kind <- classes[sub("^(\\w+).*", "\\1", about %||% "")]
    if (is.null(facts$type) && length(kind) && !is.na(kind)) facts$type <- unname(kind)
    c(list(name = name, line = line), facts, if (!is.null(about)) list(description = about))
  })
  names <- vapply(params, function(one) one$name, "")
  list(line = line, description = if (nzchar(words$about)) words$about, params = I(params[!names %in% c("model", "...")]))
}
answer <- function() {
  parsed <- tryCatch(parse(args[1], keep.source = TRUE), error = function(e) conditionMessage(e))
  if (is.character(parsed)) {
    line <- regmatches(parsed, regexec(":([0-9]+):[0-9]+:", parsed))[[1]]
    return(list(error = strsplit(parsed, "\n")[[1]][1], line = if (length(line)) as.integer(line[2])))
  }
  places <- vapply(attr(parsed, "srcref"), function(one) as.integer(one)[1], 1L)
  chosen <- vapply(parsed, is_assignment, TRUE)
  names <- vapply(parsed[chosen], function(part) as.character(part[[2]]), "")
  found <- which(names == args[2])
  list(functions = I(names), found = if (length(found)) read_function(parsed[chosen][[found[1]]], places[chosen][found[1]]))
}
writeLines(jsonlite::toJSON(answer(), auto_unbox = TRUE, null = "null"))
