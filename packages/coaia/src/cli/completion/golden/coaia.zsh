#compdef coaia
# zsh completion of coaia; made by: coaia completion zsh
_coaia_data() {
  REPLY=
  case "$1" in
    'w') REPLY=$'fuse\tprompts\nprompts\tget';;
    'w fuse') REPLY=$'prompts\tget';;
    'w fuse prompts') REPLY=$'get\tShow one prompt\'s text';;
    'w prompts') REPLY=$'get\tShow one prompt\'s text';;
    'c fuse prompts get'|'c prompts get'|'c fuse prompts') REPLY=$'1';;
    'o 1') REPLY=$'--type\tKind\n-t\tKind\n-te\tKind\n--labels\tLabels "set"\n--label\tLabels "set"\n--raw\tAs stored';;
    'v 1 --type'|'v 1 -t') REPLY=$'TEXT\nCHAT';;
    'v 1 --labels'|'v 1 --label') REPLY=$'@list\nproduction\nlatest';;
    'a 1 0') REPLY=$'@prompts';;
    'a 1 1'|'a 1 +') REPLY=$'@file';;
    'o g') REPLY=$'--help\tShow help for these words\n-h\tShow help for these words\n--version\tShow the version\n-V\tShow the version\n--json\tPrint the result as JSON, errors as JSON on stderr\n--quiet\tNo notices and confirmations\n-q\tNo notices and confirmations\n--yes\tAnswer yes to every question\n-y\tAnswer yes to every question\n--no-input\tNever ask; fail where an answer is needed\n--no-color\tNo colours (also NO_COLOR)\n--timeout\tStop after this many seconds\n--profile\tUse this profile of the settings\n--env\tRead variables from a JSON or dotenv file; later files win\n--debug\tShow stack traces of unexpected errors';;
    'v g --timeout') REPLY=$'@text';;
    'v g --profile') REPLY=$'@text';;
    'v g --env') REPLY=$'@file';;
  esac
}

_coaia_values() {
  REPLY=
  [[ -n $id ]] && _coaia_data "v $id $1"
  [[ -n $REPLY ]] || _coaia_data "v g $1"
}

# Fills cpath, id, opt (an option that waits for its value) and count (arguments) of the caller.
_coaia_walk() {
  local word list= REPLY
  for word in "$@"; do
    if [[ -n $opt && $word != -* ]]; then
      [[ -n $list ]] || opt=
      continue
    fi
    opt= list=
    case $word in
      --|--*=*) continue ;;
      -*)
        _coaia_values "$word"
        [[ -n $REPLY ]] && opt=$word
        [[ $REPLY == @list* ]] && list=1
        continue
        ;;
    esac
    if (( count == 0 )); then
      _coaia_data "w$cpath $word"
      [[ -n $REPLY ]] || _coaia_data "c$cpath $word"
      if [[ -n $REPLY ]]; then
        cpath="$cpath $word"
        _coaia_data "c$cpath"
        id=$REPLY
        continue
      fi
    fi
    (( count++ ))
  done
}

# Adds WORD or WORD<tab>SUMMARY to items, as _describe wants it.
_coaia_item() {
  local word=${${1%%$'\t'*}//:/\\:}
  if [[ $1 == *$'\t'?* ]]; then items+=("$word:${1#*$'\t'}"); else items+=("$word"); fi
}

# Offers the lines of a row; names come from the program's cache, without the network.
_coaia_add() {
  local line kind= files=
  local -a items
  for line in "${(@f)1}"; do
    case $line in
      ''|@list|@text) ;;
      @file) files=1 ;;
      @*) kind=${line#@} ;;
      *) _coaia_item "$line" ;;
    esac
  done
  if [[ -n $kind ]]; then
    for line in "${(@f)$("$program" __complete "$kind" -- "${before[@]}" 2>/dev/null)}"; do
      [[ -n $line ]] && _coaia_item "$line"
    done
  fi
  if (( $#items )); then
    local -a ending
    [[ ${items[1]%%:*} == *= ]] && ending=(-S '')
    _describe -V -t "$2" "$2" items "${ending[@]}"
  fi
  [[ -n $files ]] && _files
}

_coaia() {
  local program=$words[1] cpath= id= opt= count=0 REPLY cur=$PREFIX
  local -a before
  before=("${(@Q)words[2,CURRENT-1]}")
  _coaia_walk "${before[@]}"
  if [[ $cur == --*=* ]]; then
    _coaia_values "${cur%%=*}"
    compset -P '*='
    _coaia_add "$REPLY" value
  elif [[ -n $opt && $cur != -* ]]; then
    _coaia_values "$opt"
    _coaia_add "$REPLY" value
  elif [[ $cur == -* ]]; then
    if [[ -n $id ]]; then
      _coaia_data "o $id"
      _coaia_add "$REPLY" option
    fi
    _coaia_data 'o g'
    _coaia_add "$REPLY" 'option of every command'
  else
    if (( count == 0 )); then
      _coaia_data "w$cpath"
      _coaia_add "$REPLY" command
    fi
    if [[ -n $id ]]; then
      _coaia_data "a $id $count"
      [[ -n $REPLY ]] || _coaia_data "a $id +"
      _coaia_add "$REPLY" argument
    fi
  fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _coaia "$@"
else
  compdef _coaia coaia
fi
