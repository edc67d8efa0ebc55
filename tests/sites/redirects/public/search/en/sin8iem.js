guidepostSearch(`en/sin8iem
0MR more
0PJ page
0STRT start
0TKST text
`)
