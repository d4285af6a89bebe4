"""Records of inspection in year files: the kind `inspection_record` of `qualityplan/1`."""
