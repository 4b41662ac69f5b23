# Worker of one R model: reads frames from one FIFO, predicts, answers on another. Base R and jsonlite.
#
# A frame is a u32 length of the rest, a u32 length of a JSON head, the head, then the little-endian bytes of the
# columns that its `tensors` describe. What the model prints goes to stdout and stderr as ever. Ends when the other
# side closes. Everything here lives in an environment of its own: a formula that looks for a missing column must not
# find a variable of ours, so the global environment stays empty.
local({
  args <- commandArgs(TRUE)
  requests <- file(args[1], "rb", raw = TRUE)
  answers <- file(args[2], "wb", raw = TRUE)
  here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]))
  for (part in c("frame-columns.R", "fitted-objects.R")) sys.source(file.path(here, part), environment())
  seen <- new.env()
  warned <- character()

  # Frames.

  write_frame <- function(head, tails = list()) {
    text <- charToRaw(enc2utf8(head))
    bytes <- unlist(tails)
    sizes <- writeBin(c(4L + length(text) + length(bytes), length(text)), raw(), endian = "little")
    writeBin(c(sizes, text, bytes), answers)
    flush(answers)
  }

  read_head <- function() {
    sizes <- readBin(requests, "integer", 2L, endian = "little")
    if (length(sizes) < 2L) return(NULL)
    text <- rawToChar(readBin(requests, "raw", sizes[2]))
    Encoding(text) <- "UTF-8"
    if (nchar(text, "bytes") > 5000L) return(parse_head(text))
    # Calls of one kind have the same head, letter by letter.
    if (is.null(seen[[text]])) {
      if (length(seen) > 500L) rm(list = ls(seen), envir = seen)
      seen[[text]] <- parse_head(text)
    }
    seen[[text]]
  }

  parse_head <- function(text) {
    head <- jsonlite::fromJSON(text, simplifyVector = FALSE)
    head$tensors <- lapply(head$tensors, function(one) {
      shape <- as.numeric(unlist(one$shape))
      missing <- as.integer(unlist(one$parameters$missing)) + 1L
      list(name = one$name, datatype = one$datatype, count = prod(shape), width = prod(shape[-1]),
           rank = length(shape), size = one$parameters$binary_data_size, missing = missing)
    })
    head
  }

  # Models.

  in_step <- function(kind, expression) tryCatch(expression,
    packageNotFoundError = function(e) stop(failure("package", conditionMessage(e), package = e$package)),
    error = function(e) stop(if (inherits(e, "failure") || is_memory(e)) e else failure(kind, conditionMessage(e))))
  is_memory <- function(e) grepl("^(cannot allocate|memory exhausted|vector memory)", conditionMessage(e))

  # Formulas call functions of packages that were attached where the model was fitted, such as ns() and bs().
  attach_called <- function(model) {
    recipe <- tryCatch(attr(stats::terms(model), "predvars"), error = function(e) NULL)
    called <- setdiff(all.names(recipe), all.vars(recipe))
    unknown <- called[!vapply(called, exists, TRUE, mode = "function")]
    for (one in c("splines", "survival", "mgcv", "nlme", "MASS")) {
      if (length(unknown) == 0) break
      if (!requireNamespace(one, quietly = TRUE) || !any(unknown %in% getNamespaceExports(one))) next
      suppressPackageStartupMessages(library(one, character.only = TRUE))
      unknown <- setdiff(unknown, getNamespaceExports(one))
    }
  }

  load_model <- function(head) {
    code <- new.env(parent = globalenv())
    model <- NULL
    if (!is.null(head$artifact)) {
      model <- in_step("artifact", readRDS(head$artifact))
      needed <- unique(c(stats::na.omit(packages[class(model)]), attr(class(model), "package")))
      for (one in setdiff(needed, ".GlobalEnv")) in_step("artifact", loadNamespace(one))
      attach_called(model)
    }
    if (!is.null(head$code)) {
      setwd(dirname(head$code))
      in_step("code", sys.source(head$code, code, keep.source = TRUE))
    }
    if (head$style == "object") return(load_object(model, head))
    run <- get0(head$entry, code, mode = "function", inherits = FALSE)
    if (is.null(run)) stop(failure("code", paste0(basename(head$code), " has no function named ", head$entry)))
    load <- get0("load", code, mode = "function", inherits = FALSE)
    if (!is.null(load)) model <- in_step("code", load())
    explain <- get0("explain", code, mode = "function", inherits = FALSE)
    known <- if (!is.null(explain)) list(explain = to_call(explain, model, head), about = list(kind = "code"))
    c(list(predict = to_call(run, model, head), platform = "r_function", fitted = list()), known)
  }

  # The user's function of rows or of a table, handed the model where it asks for it.
  to_call <- function(run, model, head) {
    extra <- if ("model" %in% names(formals(run))) list(model = model) else list()
    optional <- vapply(Filter(function(field) field$isOptional, head$inputs), `[[`, "", "name")
    optional <- intersect(optional, with_default(run))
    if (head$style == "table") function(table, rows) to_outputs(do.call(run, c(extra, list(table))))
    else function(table, rows) call_rows(run, extra, table, rows, optional)
  }

  load_object <- function(model, head) {
    known <- intersect(c(class(model), "default"), names(predictors))[1]
    terms <- tryCatch(stats::terms(model), error = function(e) NULL)
    fitted <- list(classes = attr(terms, "dataClasses"), levels = find_levels(model))
    run <- predictors[[known]]
    found <- tryCatch(find_terms(model), error = function(e) NULL)
    list(predict = function(table, rows) to_outputs(run(model, table), TRUE),
      platform = paste0("r_", class(model)[1]), fitted = fitted, about = found$about,
      explain = if (!is.null(found)) function(table, rows) found$explain(table))
  }

  with_default <- function(run) names(Filter(function(value) !identical(value, quote(expr = )), formals(run)))
  # What was left out keeps the default of the function.
  call_rows <- function(run, extra, table, rows, optional) {
    results <- lapply(seq_len(rows), function(row) {
      values <- lapply(table, function(x) if (is.matrix(x)) x[row, ] else x[[row]])
      do.call(run, c(extra, values[!(names(values) %in% optional & vapply(values, anyNA, TRUE))]))
    })
    names <- unique(unlist(lapply(results, names)))
    if (is.null(names)) return(list(prediction = join("prediction", results)))
    lapply(stats::setNames(names, names), function(name)
      join(name, lapply(results, function(result) if (name %in% names(result)) result[[name]] else NA)))
  }
  # One value a row: two of one row must not become the answer of the next. Plain ones, for c(NA, factor) gives codes.
  join <- function(name, values) {
    wrong <- which(lengths(values) != 1L)[1]
    if (!is.na(wrong)) stop(name, " has ", length(values[[wrong]]), " values for 1 row")
    do.call(c, lapply(unname(values), to_plain))
  }

  # The loop.

  note <- function(w) {
    warned <<- utils::head(unique(c(warned, conditionMessage(w))), 20)
    invokeRestart("muffleWarning")
  }
  to_json <- function(value) as.character(jsonlite::toJSON(value, auto_unbox = TRUE, null = "null"))
  fail <- function(e, trace = NULL) {
    kind <- if (inherits(e, "failure")) e$kind else if (is_memory(e)) "memory" else "model"
    head <- c(list(op = "failed", kind = kind, message = conditionMessage(e), warnings = as.list(warned)),
      if (inherits(e, "failure")) e$more, if (!is.null(trace)) list(trace = trace))
    write_frame(to_json(head))
  }
  to_trace <- function(calls) {
    ours <- which(vapply(calls, function(call) identical(call[[1]], quote(predict)), TRUE))
    calls <- calls[-seq_len(max(0L, ours[1], na.rm = TRUE))]
    lines <- vapply(utils::head(calls, -2L), function(call) deparse(call, 100L, nlines = 1L)[1], "")
    substr(paste(utils::head(lines, 40L), collapse = "\n"), 1L, 8000L)
  }

  # What cannot be read is told with the name of its column.
  read_named <- function(one, bytes) tryCatch(read_column(one, bytes), failure = function(e)
    stop(failure("input", paste0("`", one$name, "`: ", conditionMessage(e)))))

  answer <- function(loaded, head, call, bytes) {
    begin <- as.numeric(Sys.time())
    declared <- stats::setNames(lapply(head$outputs, `[[`, "datatype"), vapply(head$outputs, `[[`, "", "name"))
    trace <- NULL
    if (call$op != "predict") declared <- list()
    run <- function() {
      if (is.null(loaded[[call$op]])) stop(failure("explain", "no explanation"))
      names <- vapply(call$tensors, `[[`, "", "name")
      wanted <- vapply(head$inputs, `[[`, "", "name")
      absent <- setdiff(wanted, names)
      if (length(absent) > 0L) stop(failure("input", paste("the column", absent[1], "is missing")))
      columns <- Map(read_named, call$tensors, bytes)
      table <- Map(type_column, head$inputs, columns[match(wanted, names)], list(loaded$fitted), head$style)
      table <- structure(table, names = wanted, class = "data.frame", row.names = .set_row_names(call$rows))
      predict <- loaded[[call$op]]
      outputs <- predict(table, call$rows)
      lapply(names(outputs), function(name) write_output(name, outputs[[name]], call$rows, declared[[name]]))
    }
    tryCatch({
      written <- withCallingHandlers(run(), warning = note, error = function(e) trace <<- to_trace(sys.calls()))
      ms <- round((as.numeric(Sys.time()) - begin) * 1000, 4)
      heads <- paste(vapply(written, `[[`, "", "head"), collapse = ",")
      notes <- if (length(warned) > 0L) to_json(as.list(warned)) else "[]"
      flush(stdout())
      write_frame(paste0('{"op":"done","ms":', ms, ',"warnings":', notes, ',"tensors":[', heads, "]}"),
        lapply(written, `[[`, "tail"))
    }, error = function(e) {
      flush(stdout())
      fail(e, trace)
    })
    warned <<- character()
  }

  main <- function() {
    if (!requireNamespace("jsonlite", quietly = TRUE))
      return(write_frame('{"op":"failed","kind":"package","package":"jsonlite"}'))
    head <- read_head()
    loaded <- tryCatch(withCallingHandlers(load_model(head), warning = note), error = function(e) {
      fail(e)
      NULL
    })
    if (is.null(loaded)) return(readBin(requests, "raw", 1L))
    ready <- list(op = "ready", platform = loaded$platform, warnings = as.list(warned))
    write_frame(to_json(c(ready, if (!is.null(loaded$about)) list(explains = loaded$about))))
    warned <<- character()
    while (!is.null(call <- read_head())) {
      bytes <- lapply(call$tensors, function(one) readBin(requests, "raw", one$size))
      answer(loaded, head, call, bytes)
    }
  }
  main()
}, envir = new.env(parent = baseenv()))
