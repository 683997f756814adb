"""The plane, the axes, the labels and the marks that both drawings of a chart share."""
