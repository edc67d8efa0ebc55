guidepostSearch(`en/sm3sc
0AKSPRD expired
0DRFT draft
0SKDLD scheduled
1TRT start
0TKST text
`)
