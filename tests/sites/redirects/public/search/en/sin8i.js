guidepostSearch(`en/sin8i
0MR more
0PJ page
0STRT start
0TKST text
`)
