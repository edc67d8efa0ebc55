guidepostSearch(`en/s43sl
0AMJS images
1NLN inline
0BKS box
0GR grey
0LNKD linked
0RT root
0SBG svg
0TKST text
`)
