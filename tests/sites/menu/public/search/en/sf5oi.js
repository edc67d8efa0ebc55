guidepostSearch(`en/sf5oi
0AN one
0DP deep
0MDL model
0PJ page
2S pages
0SRT short
1TRT start
0T two
1KST text
1R three
`)
