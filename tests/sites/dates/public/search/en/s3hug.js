guidepostSearch(`en/s3hug
0AKSPRD expired
0D due
0KRNT current
0NT not
0SKDLD scheduled
1TRT start
0TD today
1KST text
`)
