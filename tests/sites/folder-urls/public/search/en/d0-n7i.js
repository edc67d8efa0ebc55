guidepostSearch(`en/d0-n7i
	0	0	a/	A	
	A	2	To one.
	1	0	a/one/	One	
	One	2	
-	Part		Back home.
	2	0		Start	
	Start	2	To one, a, .
`)
