"""Result reports in year files: the kind `result_report` of `qualityplan/1`."""
