# Turns the help of one command, whose lines are not wrapped, into a page of the manual in man(7).
# Is told `command` ("runtally prices plan"), `name` (the same with hyphens), `day` and `version`.

function escaped(text) {
  gsub(/\\/, "\\(rs", text)
  gsub(/-/, "\\-", text)
  gsub(/`/, "\\(ga", text)
  gsub(/'/, "\\(aq", text)
  gsub(/~/, "\\(ti", text)
  gsub(/\^/, "\\(ha", text)
  return text ~ /^\./ ? "\\\&" text : text
}

function section(title) { print ".SH " title }

# Prints "-o, --output <file>" with the words to type in bold and the words to fill in slanted.
function term(text) {
  text = escaped(text)
  gsub(/<[^<>]*>/, "\\fI&\\fP", text)
  gsub(/\\-(\\-)?[A-Za-z0-9]+(\\-[A-Za-z0-9]+)*/, "\\fB&\\fP", text)
  print ".TP\n" (text ~ /^[a-z]/ ? "\\fB" text "\\fP" : text)
}

# A list or an example keeps its lines.
function literal(wanted) {
  if (wanted == isLiteral) return
  print wanted ? ".PP\n.nf" : ".fi"
  isLiteral = wanted
}

BEGIN { print ".TH " toupper(escaped(name)) " 1 " day " \"runtally " version "\" \"Runtally\"" }

/^OVERVIEW: / {
  sub(/^OVERVIEW: /, "")
  sub(/\.$/, "")
  section("NAME")
  print escaped(name) " \\- " escaped($0)
  place = "overview"
  next
}

/^USAGE: / {
  literal(0)
  sub(/^USAGE: /, "")
  usage = substr($0, length(command) + 2)
  next
}

/^[A-Z]+:$/ {
  sub(/:$/, "")
  if (place == "overview") synopsis()
  place = $0
  section($0)
  next
}

place == "overview" && /./ {
  about[++lines] = $0
  next
}

place == "overview" { about[++lines] = ""; next }

/^  See / { next }

# What an option means follows its name, or stands in the next line.
/^  [^ ]/ {
  text = substr($0, 3)
  gap = match(text, /  +/)
  term(gap ? substr(text, 1, gap - 1) : text)
  if (gap) print escaped(substr(text, gap + RLENGTH))
  next
}

/^   / { sub(/^ +/, ""); print escaped($0) }

function synopsis(  i, isOpen) {
  section("SYNOPSIS")
  print ".B " escaped(command)
  if (usage != "") print escaped(usage)
  section("DESCRIPTION")
  while (lines && about[lines] == "") lines--
  for (i = 1; i <= lines; i++) {
    if (about[i] == "") { isOpen = 0; continue }
    literal(about[i] ~ /^  /)
    if (!isOpen && !isLiteral && i > 2) print ".PP"
    isOpen = 1
    print escaped(about[i])
  }
  literal(0)
}

END {
  section("SEE ALSO")
  parent = name
  if (sub(/-[a-z]+$/, "", parent)) print ".BR " escaped(parent) " (1)"
  else print ".BR runtally\\-report (1),\n.BR runtally\\-harvest (1)"
}
