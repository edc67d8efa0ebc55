guidepostSearch(`en/s1c12ei
0AKSPRD expired
0D due
0KRNT current
0NT not
0SDLD scheduled
1TRT start
0TD today
1KST text
`)
