/** The script for zsh: a file of its function path, or evaluated after compinit. */
import { renderData } from './posix.ts';
import type { Row } from './rows.ts';

/** `@{` stands for a dollar sign and `{`, which this language would take for itself. */
const LOGIC = String.raw`
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
  local word=@{@{1%%$'\t'*}//:/\\:}
  if [[ $1 == *$'\t'?* ]]; then items+=("$word:@{1#*$'\t'}"); else items+=("$word"); fi
}

# Offers the lines of a row; names come from the program's cache, without the network.
_coaia_add() {
  local line kind= files=
  local -a items
  for line in "@{(@f)1}"; do
    case $line in
      ''|@list|@text) ;;
      @file) files=1 ;;
      @*) kind=@{line#@} ;;
      *) _coaia_item "$line" ;;
    esac
  done
  if [[ -n $kind ]]; then
    for line in "@{(@f)$("$program" __complete "$kind" -- "@{before[@]}" 2>/dev/null)}"; do
      [[ -n $line ]] && _coaia_item "$line"
    done
  fi
  if (( $#items )); then
    local -a ending
    [[ @{items[1]%%:*} == *= ]] && ending=(-S '')
    _describe -V -t "$2" "$2" items "@{ending[@]}"
  fi
  [[ -n $files ]] && _files
}

_coaia() {
  local program=$words[1] cpath= id= opt= count=0 REPLY cur=$PREFIX
  local -a before
  before=("@{(@Q)words[2,CURRENT-1]}")
  _coaia_walk "@{before[@]}"
  if [[ $cur == --*=* ]]; then
    _coaia_values "@{cur%%=*}"
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
`.replaceAll('@{', '${');

/** The whole script. */
export function renderZsh(rows: readonly Row[]): string {
  return `#compdef coaia\n# zsh completion of coaia; made by: coaia completion zsh\n${renderData(rows, true)}${LOGIC}`;
}
