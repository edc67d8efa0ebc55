guidepostSearch(`en/td7at
0start:0a6
`)
