guidepostSearch(`en/svsjm
0STRT start
`)
