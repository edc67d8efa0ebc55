guidepostSearch(`en/d0-b5l
	0	0	one.html	One	
	One	2	Text.
	1	0	index.html	HTML	
	HTML	2	A bold word and a key . alert(1)
`)
