// A card over a place of the map: the focus goes there, and back when it is closed.

function openCard(map, place, card, room) {
  const opener = document.activeElement;
  const popup = L.popup({...room, className: "journey-popup"});
  popup.setLatLng([place.lat, place.lon]).setContent(card).openOn(map);
  card.tabIndex = -1;
  card.focus({preventScroll: true});
  popup.on("remove", () => {
    if (opener && opener.isConnected) opener.focus({preventScroll: true});
  });
}
