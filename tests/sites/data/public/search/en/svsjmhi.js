guidepostSearch(`en/svsjmhi
0STRT start
`)
