guidepostSearch(`es/sesol
0AMJNS imagenes
0BKS box
0KJ caja
0PRP propia
0RT root
`)
