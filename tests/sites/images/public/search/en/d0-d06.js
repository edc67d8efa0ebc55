guidepostSearch(`en/d0-d06
	0	0	a/index.html	A	
	A	2	
	1	0	index.html	Images	
	Images	2	
`)
