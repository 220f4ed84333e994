import { drillModel } from "./model.js";
import { render } from "./view.js";

// Shows the series of a place in an element; returns a function that stops its clock.
export async function openTool({ store, page, place, el }) {
  const model = await drillModel(store, page, place);
  return render({ model, el });
}
