guidepostSearch(`en/d0-5cl
	0	0	one.html	Markdown	
	Markdown	2	open
own	Heading with id		
	1	0	index.html	Boxes	
	Boxes	2	A note with marks and a link.
`)
