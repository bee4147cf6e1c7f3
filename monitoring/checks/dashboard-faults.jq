# Prints a line for each fault in the form of a dashboard; $uid is that of the provisioned data source.
def panels: .panels[] | ., .panels[]?;
def drawn: panels | select(.type != "row");
def named($panel): "panel \($panel.id) (\($panel.title)): ";

([panels.id] | group_by(.)[] | select(length > 1) | "panel id \(.[0]) is used \(length) times"),
(.templating.list[] | select(.type == "datasource") | .current.value | select(. != $uid)
    | "the data source is \(.) (expected: \($uid), as provisioned)"),
(.templating.list[] | select(.type == "query" and .datasource.uid != "${datasource}")
    | "variable \(.name) asks a data source of its own (expected: ${datasource})"),
(drawn | . as $panel
    | (select(.datasource.uid != "${datasource}") | named($panel) + "asks a data source of its own (expected: ${datasource})"),
      (.targets[] | select(.datasource.uid != "${datasource}") | named($panel) + "query \(.refId) asks a data source of its own"),
      (select([.targets[].refId] | length != (unique | length)) | named($panel) + "two queries have the same refId"),
      (select((.description // "") == "") | named($panel) + "has no description"),
      (select(.type == "timeseries" and .fieldConfig.defaults.unit == null) | named($panel) + "has no unit"),
      (.targets[].expr | scan("\\$(\\w+)")[] | select(. as $name | ["host", "endpoint", "method", "__rate_interval", "__range"] | index($name) | not)
          | named($panel) + "reads an unknown variable, \(.)")),
([drawn | . as $panel | range(.gridPos.x; .gridPos.x + .gridPos.w) as $x | range(.gridPos.y; .gridPos.y + .gridPos.h) as $y
    | {place: [$x, $y], $panel}] | group_by(.place) | map(select(length > 1) | map(.panel.id)) | unique[]
    | "panels \(map(tostring) | join(" and ")) lie on each other")
