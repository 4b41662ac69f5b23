/** The script for PowerShell 5.1 and newer. */
import type { Row } from './rows.ts';

/** Single quotes of PowerShell; typographic ones count as quotes there too. */
function quote(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
}

function renderData(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ keys, lines: content }) => {
    const texts = content.map(([word, summary]) =>
      quote(summary === '' ? word : `${word}|${summary}`),
    );
    return keys.map((key) => `$CoaiaRows[${quote(key)}] = @(${texts.join(', ')})`);
  });
  // A plain @{} does not tell -t from -T.
  return [
    '$CoaiaRows = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)',
    ...lines,
    '',
  ].join('\n');
}

const LOGIC = String.raw`
Register-ArgumentCompleter -Native -CommandName coaia -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($wordToComplete -eq '' -and $_.Extent.EndOffset -le $cursorPosition) } |
        Select-Object -Skip 1 | ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    $path = ''; $id = ''; $option = ''; $isList = $false; $count = 0
    $getValues = {
        param($name)
        if ($id -ne '' -and $CoaiaRows.ContainsKey("v $id $name")) { $CoaiaRows["v $id $name"] }
        else { $CoaiaRows["v g $name"] }
    }
    foreach ($word in $words) {
        if ($option -ne '' -and -not $word.StartsWith('-')) {
            if (-not $isList) { $option = '' }
            continue
        }
        $option = ''; $isList = $false
        if ($word.StartsWith('-')) {
            $values = @(& $getValues $word)
            if ($word -ne '--' -and $word -notlike '--*=*' -and $values.Count -gt 0 -and $null -ne $values[0]) {
                $option = $word
                $isList = $values[0] -eq '@list'
            }
            continue
        }
        if ($count -eq 0 -and ($CoaiaRows.ContainsKey("w$path $word") -or $CoaiaRows.ContainsKey("c$path $word"))) {
            $path = "$path $word"
            $id = if ($CoaiaRows.ContainsKey("c$path")) { $CoaiaRows["c$path"][0] } else { '' }
            continue
        }
        $count++
    }
    $before = ''
    $typed = $wordToComplete
    $lines = @()
    if ($wordToComplete -like '--*=*') {
        $name, $typed = $wordToComplete -split '=', 2
        $before = "$name="
        $lines = @(& $getValues $name)
    } elseif ($option -ne '' -and -not $wordToComplete.StartsWith('-')) {
        $lines = @(& $getValues $option)
    } elseif ($wordToComplete.StartsWith('-')) {
        $lines = @($CoaiaRows["o $id"]) + @($CoaiaRows['o g'])
    } else {
        if ($count -eq 0) { $lines += @($CoaiaRows["w$path"]) }
        if ($id -ne '') {
            $key = if ($CoaiaRows.ContainsKey("a $id $count")) { "a $id $count" } else { "a $id +" }
            $lines += @($CoaiaRows[$key])
        }
    }
    foreach ($line in $lines) {
        if ($null -eq $line -or $line -in '@list', '@text', '@file') { continue }
        $found = if ($line.StartsWith('@')) { & coaia __complete $line.Substring(1) -- @words 2>$null } else { $line }
        foreach ($one in $found) {
            $text, $summary = "$one" -split '\|', 2
            if (-not $text.StartsWith($typed)) { continue }
            if ([string]::IsNullOrEmpty($summary)) { $summary = $text }
            $full = "$before$text"
            $shown = if ($full -match '[\s''"$();,{}@]') { "'" + $full.Replace("'", "''") + "'" } else { $full }
            [System.Management.Automation.CompletionResult]::new($shown, $text, 'ParameterValue', $summary)
        }
    }
}
`;

/** The whole script. */
export function renderPowerShell(rows: readonly Row[]): string {
  return `# PowerShell completion of coaia; made by: coaia completion powershell\n${renderData(rows)}${LOGIC}`;
}
