"""Year files: a plan as data in the interchange format `qualityplan/1`.

`source` opens a file, `fields` and `reading` turn it into the `PlanData` of `data`,
`loading` stores that, `dumping` goes the other way."""

FORMAT = "qualityplan/1"
