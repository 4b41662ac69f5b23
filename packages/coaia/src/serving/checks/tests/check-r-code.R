# Tests, coverage and style of the R code of a project. Arguments: the file for the answer, then what to do
# ("tests" or "lints"), then files. Answers in JSON; whatever the user's code prints stays on the console.

arguments <- commandArgs(trailingOnly = TRUE)
answer_file <- arguments[[1]]
task <- arguments[[2]]
files <- arguments[-(1:2)]

version_of <- function(name) {
  if (requireNamespace(name, quietly = TRUE)) as.character(utils::packageVersion(name)) else NULL
}

answer <- function(value) {
  jsonlite::write_json(value, answer_file, auto_unbox = TRUE, null = "null", digits = NA)
  quit(save = "no", status = 0)
}

# Code that tests source again would hide that coverage is measured on it: it is loaded already.
known <- basename(files)
quiet_source <- function(file, ...) {
  if (basename(file) %in% known) invisible(NULL) else base::source(file, ...)
}

new_scope <- function() {
  scope <- new.env(parent = globalenv())
  assign("source", quiet_source, envir = scope)
  scope
}

to_failure <- function(test, result) {
  place <- attr(result$srcref, "srcfile")
  list(
    name = test$test,
    file = file.path(test_folder, test$file),
    line = if (is.null(result$srcref)) NULL else as.integer(result$srcref[[1]]),
    message = conditionMessage(result)
  )
}

is_failure <- function(result) inherits(result, c("expectation_failure", "expectation_error"))

run_tests <- function() {
  scope <- new_scope()
  for (file in files) base::sys.source(file, envir = scope, chdir = TRUE)
  as.list(testthat::test_dir(
    test_folder,
    env = scope, reporter = "silent", stop_on_failure = FALSE, stop_on_warning = FALSE, load_package = "none"
  ))
}

measure <- function() {
  tests <- list.files(test_folder, pattern = "^test.*[.][rR]$", full.names = TRUE)
  if (length(files) == 0) return(NULL)
  lines <- covr::tally_coverage(
    covr::file_coverage(files, tests, parent_env = new_scope()),
    by = "line"
  )
  split(data.frame(line = lines$line, value = lines$value), lines$filename)
}

to_coverage <- function(by_file) {
  lapply(names(by_file), function(name) {
    one <- by_file[[name]]
    list(
      file = name, covered = sum(one$value > 0), total = nrow(one),
      lines = I(as.integer(one$line[one$value == 0]))
    )
  })
}

if (!requireNamespace("jsonlite", quietly = TRUE)) {
  cat('{"packages":{}}', file = answer_file)
  quit(save = "no", status = 0)
}

test_folder <- "model-service/tests/testthat"
packages <- list(
  testthat = version_of("testthat"), covr = version_of("covr"), lintr = version_of("lintr")
)

if (task == "lints") {
  if (is.null(packages$lintr)) answer(list(packages = packages))
  found <- unlist(lapply(files, function(file) unclass(lintr::lint(file))), recursive = FALSE)
  lints <- lapply(found, function(one) {
    list(
      file = one$filename, line = one$line_number, rule = one$linter, message = one$message,
      isStyle = one$type == "style"
    )
  })
  answer(list(packages = packages, lints = lints))
}

if (is.null(packages$testthat)) answer(list(packages = packages))
tests <- tryCatch(run_tests(), error = function(problem) conditionMessage(problem))
if (is.character(tests)) answer(list(packages = packages, broken = tests))
failures <- unlist(lapply(tests, function(test) {
  lapply(Filter(is_failure, test$results), function(result) to_failure(test, result))
}), recursive = FALSE)
failed <- vapply(tests, function(test) any(vapply(test$results, is_failure, NA)), NA)
coverage <- if (is.null(packages$covr) || any(failed)) NULL else tryCatch(measure(), error = function(e) NULL)
answer(list(
  packages = packages, passed = sum(!failed), failures = failures,
  coverage = if (is.null(coverage)) NULL else to_coverage(coverage)
))
