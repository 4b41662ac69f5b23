/** The script for fish 3 and newer. */
import type { Row } from './rows.ts';

function quote(text: string): string {
  return `'${text.replaceAll(/[\\']/g, String.raw`\$&`)}'`;
}

function renderData(rows: readonly Row[]): string {
  const cases = rows.map(({ keys, lines }) => {
    const pairs = lines.map(([word, summary]) => `${quote(word)} ${quote(summary)}`);
    return `        case ${keys.map(quote).join(' ')}\n            printf '%s\\t%s\\n' ${pairs.join(' ')}`;
  });
  return ['function __coaia_data', '    switch "$argv[1]"', ...cases, '    end', 'end', ''].join(
    '\n',
  );
}

const LOGIC = String.raw`
# Values of an option: those of command $argv[1], else those of every command.
function __coaia_values
    set -l found
    test -n "$argv[1]"; and set found (__coaia_data "v $argv[1] $argv[2]")
    test (count $found) -gt 0; or set found (__coaia_data "v g $argv[2]")
    printf '%s\n' $found
end

# Prints candidates: $argv[1] stands before each (--option=), the rest are the lines of a row.
function __coaia_offer
    set -l before $argv[1]
    for line in $argv[2..]
        set -l word (string split -m 1 \t -- $line)[1]
        switch "$word"
            case '' @list @text
            case @file
                set -l typed (commandline -ct)
                if test -n "$before"
                    for path in (__fish_complete_path (string replace -- $before '' $typed))
                        printf '%s%s\n' $before $path
                    end
                else
                    __fish_complete_path $typed
                end
            case '@*'
                set -l tokens (commandline -opc)
                for name in ($tokens[1] __complete (string sub -s 2 -- $word) -- $tokens[2..] 2>/dev/null)
                    printf '%s%s\n' $before $name
                end
            case '*'
                printf '%s%s\n' $before $line
        end
    end
end

function __coaia_complete
    set -l tokens (commandline -opc)
    set -l cur (commandline -ct)
    set -l path ''
    set -l id ''
    set -l opt ''
    set -l list ''
    set -l count 0
    for word in $tokens[2..]
        if test -n "$opt"; and not string match -q -- '-*' $word
            test -n "$list"; or set opt ''
            continue
        end
        set opt ''
        set list ''
        if string match -q -- '-*' $word
            if test "$word" != --; and not string match -q -- '--*=*' $word
                set -l values (__coaia_values "$id" $word)
                test -n "$values"; and set opt $word
                string match -q '@list*' -- $values[1]; and set list 1
            end
            continue
        end
        if test $count -eq 0
            set -l known (__coaia_data "w$path $word") (__coaia_data "c$path $word")
            if test (count $known) -gt 0
                set path "$path $word"
                set id (string split \t -- (__coaia_data "c$path"))[1]
                continue
            end
        end
        set count (math $count + 1)
    end
    if string match -q -- '--*=*' $cur
        set -l name (string split -m 1 = -- $cur)[1]
        __coaia_offer "$name=" (__coaia_values "$id" $name)
    else if test -n "$opt"; and not string match -q -- '-*' $cur
        __coaia_offer '' (__coaia_values "$id" $opt)
    else if string match -q -- '-*' $cur
        test -n "$id"; and __coaia_offer '' (__coaia_data "o $id")
        __coaia_offer '' (__coaia_data 'o g')
    else
        test $count -eq 0; and __coaia_offer '' (__coaia_data "w$path")
        if test -n "$id"
            set -l values (__coaia_data "a $id $count")
            test (count $values) -gt 0; or set values (__coaia_data "a $id +")
            __coaia_offer '' $values
        end
    end
end

complete -c coaia -f -a '(__coaia_complete)'
`;

/** The whole script. */
export function renderFish(rows: readonly Row[]): string {
  return `# fish completion of coaia; made by: coaia completion fish\n${renderData(rows)}${LOGIC}`;
}
