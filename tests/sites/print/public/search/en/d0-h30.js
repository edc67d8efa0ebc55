guidepostSearch(`en/d0-h30
	0	0	a/index.html	A	
	A	2	Text.
	1	0	words.html	Words	
	Words	2	
-	Grip	3	How a hand holds.
	2	0	a/one.html	One	
	One	2	
-	Part		Back to part. A word: grip.
	3	0	a/two.html	Two	
	Two	2	Not on paper.
	4	0	index.html	Start	
	Start	2	
-	Part		To part, one and two.
`)
