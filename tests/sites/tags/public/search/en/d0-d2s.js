guidepostSearch(`en/d0-d2s
	0	0	three.html	Three	
	Three	2	Three.
	1	0	one.html	One	
	One	2	One.
	2	0	four.html	Four	
	Four	2	Four.
	3	0	index.html	Start	
	Start	2	The start.
	4	0	two.html	Two	
	Two	2	Two.
`)
