guidepostSearch(`en/td7atl7
0start:0a6
`)
