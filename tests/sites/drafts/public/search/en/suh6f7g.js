guidepostSearch(`en/suh6f7g
0AKSPRD expired
0DRFT draft
0SDLD scheduled
1TRT start
0TKST text
`)
