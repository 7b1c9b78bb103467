/** Nothing around the page. */
export default function App({ children }) {
  return children
}
